import { type CheckOption, OPTIONS } from "../../examine/settings/index.ts";
import { REPORT_FORMATS, SERVICE_VIEWS } from "../../reports/index.ts";

/** The values of the options that choose a report. */
const REPORT_CHOICES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ["format", Object.keys(REPORT_FORMATS)],
  ["show", SERVICE_VIEWS],
]);

/** The name of an option of `check`. */
export type CheckFlag = (typeof OPTIONS)[number]["flag"];

/** All options of `check`, in the order of its help, with all the values that they take. */
export const CHECK_OPTIONS: readonly (CheckOption & { readonly flag: CheckFlag })[] = OPTIONS.map((option) => {
  const choices = REPORT_CHOICES.get(option.flag);
  return choices === undefined ? option : { ...option, choices };
});
