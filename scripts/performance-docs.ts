/** Writes docs/performance.md from the figures of the last `npm run bench -- --write`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isFigures } from "#bench/figures.ts";
import { pageOf } from "#bench/page.ts";
import { writeOrCheck } from "./generated.ts";

const ROOT = join(import.meta.dirname, "..");

const figures: unknown = JSON.parse(readFileSync(join(ROOT, "bench/figures.json"), "utf8"));
if (!isFigures(figures)) throw new Error("bench/figures.json: not what `npm run bench -- --write` writes");
writeOrCheck(join(ROOT, "docs/performance.md"), pageOf(figures));
