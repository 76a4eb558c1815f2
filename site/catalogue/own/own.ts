import type { CheckRule } from "../../../src/examine/findings/rule-texts.ts";
import { APPLYING } from "./applying.ts";
import { TEXTS } from "./texts.ts";
import type { CatalogueExample, ExampleInWords } from "../examples/example.ts";
import { FILES } from "./files.ts";

/** An example of each rule of the check itself. A rule without one does not compile. */
export const OWN_EXAMPLES: Readonly<Record<CheckRule, CatalogueExample | ExampleInWords>> = {
  ...TEXTS,
  ...APPLYING,
  ...FILES,
};
