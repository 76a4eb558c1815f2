/** The environment variables that control colour. */
export interface ColourEnvironment {
  readonly NO_COLOR?: string | undefined;
  readonly FORCE_COLOR?: string | undefined;
  readonly TERM?: string | undefined;
}

/**
 * Whether text for `output` is coloured: never with `NO_COLOR` (set and not empty, see no-color.org), always with
 * `FORCE_COLOR` (except `0` and `false`), otherwise on a terminal that is not `dumb`. For a report to a file, pass
 * `{ isTTY: false }`.
 */
export function wantsColour(environment: ColourEnvironment, output: { readonly isTTY?: boolean }): boolean {
  if (environment.NO_COLOR !== undefined && environment.NO_COLOR !== "") return false;
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return output.isTTY === true && environment.TERM !== "dumb";
}
