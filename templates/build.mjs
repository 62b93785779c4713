// Bundles what the pages and the embedded engine run into dist/, which the
// binary embeds: classic scripts (pages are opened from disk too, where ES
// modules do not load), one style sheet with the font in it, and the font's
// rare characters beside it.
import { build } from "esbuild";
import opentype from "opentype.js";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const at = (...parts) => join(here, ...parts);
const fontFiles = at("node_modules", "@fontsource", "be-vietnam-pro", "files");
const subsets = ["latin", "latin-ext", "vietnamese"];

// widths groups the characters of one weight by their advance width, in
// thousandths of the font size: {"556": "abd…"}.
function widths(weight) {
  const groups = {};
  const seen = new Set();
  for (const subset of subsets) {
    const file = readFileSync(join(fontFiles, `be-vietnam-pro-${subset}-${weight}-normal.woff`));
    const font = opentype.parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
    for (const code of Object.keys(font.tables.cmap.glyphIndexMap).map(Number)) {
      if (code < 32 || seen.has(code)) continue;
      seen.add(code);
      const glyph = font.glyphs.get(font.tables.cmap.glyphIndexMap[code]);
      const width = Math.round((glyph.advanceWidth * 1000) / font.unitsPerEm);
      groups[width] = (groups[width] ?? "") + String.fromCodePoint(code);
    }
  }
  return groups;
}

// The package's style sheets name a .woff beside each .woff2 for browsers that
// no longer matter; leaving it out halves what the binary carries.
const fonts = {
  name: "fonts",
  setup(bundle) {
    bundle.onLoad({ filter: /be-vietnam-pro[\\/][^\\/]+\.css$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, ""),
      loader: "css",
    }));
    // A font that comes after the first paint moves every line of the page.
    // Vietnamese is written with these two subsets, so they come with the style
    // sheet itself.
    bundle.onLoad({ filter: /-(latin|vietnamese)-\d+-normal\.woff2$/ }, ({ path }) => ({
      contents: readFileSync(path),
      loader: "dataurl",
    }));
  },
};

const entries = [
  { in: "src/site.ts", out: "site.js" },
  { in: "src/site.css", out: "site.css" },
  { in: "src/chart/mount.ts", out: "echarts.js" },
  { in: "src/ask.ts", out: "ask.js" },
  { in: "src/ask/engine.ts", out: "engine.js" },
  { in: "src/chart/ssr.ts", out: "ssr.js" },
];
const parts = new Set(["@duckdb/duckdb-wasm"]); // packages that something in dist/ is made from
const missing = entries.filter((entry) => !existsSync(at(entry.in)));
if (missing.length > 0) {
  console.error(`build.mjs: no ${missing.map((entry) => entry.in).join(", ")}`);
  process.exitCode = 1;
}

mkdirSync(at("dist"), { recursive: true });
for (const name of readdirSync(at("dist"))) {
  if (name !== ".keep") rmSync(at("dist", name), { recursive: true });
}
for (const entry of entries) {
  if (missing.includes(entry)) continue;
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: [entry.in],
    outfile: join("dist", entry.out),
    bundle: true,
    minify: true,
    format: entry.out.endsWith(".js") ? "iife" : undefined,
    target: entry.out === "engine.js" ? "es2022" : entry.out === "ssr.js" ? "es2020" : "es2019",
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    loader: { ".woff2": "file" },
    plugins: [fonts],
    assetNames: "[name]",
    define: entry.out === "ssr.js"
      ? { "process.env.NODE_ENV": '"production"', FONT_WIDTHS: JSON.stringify({ 400: widths(400), 600: widths(600) }) }
      : { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  });
  for (const name of Object.keys(metafile.inputs)) {
    const part = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(name);
    if (part) parts.add(part[1]);
  }
}
writeFileSync(at("dist", "parts.json"), JSON.stringify([...parts].sort()));

// The database for a reader's browser. It lies in editions as it is here, and
// the page unpacks it: a quarter of the size, on servers that pack nothing too.
// Note: not later than 1.28. From 1.29 on it fetches extensions from a host of
// its own, and without a network waits for them.
const engine = readFileSync(at("node_modules", "@duckdb", "duckdb-wasm", "dist", "duckdb-eh.wasm"));
writeFileSync(at("dist", "engine.wasm.gz"), gzipSync(engine, { level: 9 }));

// What is drawn without the engine wears the same colours and letters.
const colors = await build({ entryPoints: [at("src/chart/colors.ts")], bundle: true, format: "esm", write: false });
const { light, ink } = await import("data:text/javascript," + encodeURIComponent(colors.outputFiles[0].text));
writeFileSync(at("dist", "marks.json"), JSON.stringify({ screen: light, paper: ink, widths: { 400: widths(400), 600: widths(600) } }));

for (const name of readdirSync(at("dist")).sort()) {
  if (name !== ".keep") console.log(`${String(statSync(at("dist", name)).size).padStart(8)}  dist/${name}`);
}
