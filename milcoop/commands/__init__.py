"""The commands: a module each, named as the command is, whose `command` it is.

They are imported when they are named, or when help lists all; what takes long to import, a command imports when it
runs.
"""
