"""`milcoop mcp`: the graph as tools for a language model, by the Model Context Protocol over standard input and output.

Each tool is one call of the HTTP interface, made within this process: what it may do, how long it may take, and what it
answers is what the server's paths do (`tools.toml` says which). So a model can ask no more than any visitor of the
server, and nothing can be written.
"""
