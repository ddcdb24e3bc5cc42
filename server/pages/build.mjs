// Bundles the scripts and styles of the pages into ../static/built, with content hashes in their names, and writes
// manifest.json there: which file an entry became, and which further files its page should preload.
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static", "built");
const entries = (await readdir(join(here, "src", "pages"))).map((name) => join(here, "src", "pages", name));

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: [...entries, join(here, "styles", "site.css")],
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022", "chrome111", "firefox115", "safari16.4"],
  minify: true,
  metafile: true,
  write: false,
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".json": "json" },
  legalComments: "linked",
  logLevel: "warning",
}).then(async (result) => {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await Promise.all(result.outputFiles.map((file) => writeFile(file.path, file.contents)));
  return result;
});

const manifest = {};
for (const [path, output] of Object.entries(metafile.outputs)) {
  if (!output.entryPoint) continue;
  const entry = basename(output.entryPoint).replace(/\.ts$/, ".js");
  const imports = output.imports.filter((used) => used.kind === "import-statement").map((used) => basename(used.path));
  manifest[entry] = { file: basename(relative(out, join(here, path))), imports };
}
await writeFile(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
