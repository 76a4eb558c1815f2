/** The environment variables that decide about colour. */
export interface ColourEnvironment {
  readonly NO_COLOR?: string | undefined;
  readonly FORCE_COLOR?: string | undefined;
  readonly TERM?: string | undefined;
}

/**
 * Whether text that goes to `output` is to be coloured: never under `NO_COLOR` (set and not empty, as no-color.org has
 * it), always under `FORCE_COLOR` (but for `0` and `false`), else on a terminal that is not `dumb`. A report that goes
 * to a file has no output to name and is asked for with `{ isTTY: false }`.
 */
export function wantsColour(environment: ColourEnvironment, output: { readonly isTTY?: boolean }): boolean {
  if (environment.NO_COLOR !== undefined && environment.NO_COLOR !== "") return false;
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return output.isTTY === true && environment.TERM !== "dumb";
}
