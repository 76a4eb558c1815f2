import type { CatalogueExample } from "../examples/example.ts";

/** A text that is read as something else than it looks like. */
export interface Trap extends CatalogueExample {
  /** What happens, in a few words. */
  readonly title: string;
  readonly why: string;
  /** The rule that finds it; absent if nothing is wrong with what is read. */
  readonly rule?: string;
  /** The keys of the value in the bad text whose reading is shown. */
  readonly at?: readonly (string | number)[];
  /** What programs do with the text, where they differ. */
  readonly programs?: { readonly kubectl: string; readonly apiServer: string };
}
