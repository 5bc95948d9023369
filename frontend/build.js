// Makes static/js/editor.js, with the licences of what is in it beside it. With --check, says whether they are what would be made.

import { build } from "esbuild";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const BUNDLE = resolve(HERE, "../static/js/editor.js");
const LICENCES = resolve(HERE, "../static/js/editor.LICENCES.txt");

const bundled = () =>
  build({
    absWorkingDir: HERE,
    entryPoints: ["src/editor.js"],
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    banner: { js: "/* Made by frontend/build.js; the licences are in editor.LICENCES.txt. */" },
  });

// "node_modules/@codemirror/view" of "node_modules/@codemirror/view/dist/index.js"
const folderOf = (input) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];

const licence = async (folder) => {
  const { name, version, license } = JSON.parse(await readFile(join(HERE, folder, "package.json")));
  const file = (await readdir(join(HERE, folder))).find((one) => /^licen[cs]e/i.test(one));
  return `${name} ${version} (${license})\n\n${(await readFile(join(HERE, folder, file), "utf8")).trim()}\n`;
};

const licences = async (inputs) => {
  const folders = new Set(Object.keys(inputs).map(folderOf).filter(Boolean));
  return (await Promise.all([...folders].sort().map(licence))).join(`\n${"-".repeat(80)}\n\n`);
};

const { outputFiles, metafile } = await bundled();
const made = { [BUNDLE]: outputFiles[0].text, [LICENCES]: await licences(metafile.inputs) };

if (process.argv.includes("--check")) {
  for (const [path, text] of Object.entries(made)) {
    if ((await readFile(path, "utf8").catch(() => "")) === text) continue;
    console.error(`${path} is not what frontend/ makes: run "make editor", and commit what changes.`);
    process.exitCode = 1;
  }
} else {
  await Promise.all(Object.entries(made).map(([path, text]) => writeFile(path, text)));
}
