import type { JsonObject } from "../../field/index.ts";
import { countPhrase } from "../../examine/model/index.ts";
import type { Exclusion } from "../inputs/index.ts";
import type { Configuration } from "../settings/index.ts";
import type { Baseline } from "./baseline.ts";

/** The settings of a run that exclude or suppress something, with what they did. */
export interface ExclusionSettings {
  /** The options of the command line. */
  readonly flags: JsonObject;
  readonly config: Configuration | undefined;
  readonly notes: readonly string[];
  readonly exclude: Exclusion;
  readonly baseline: Baseline | undefined;
}

/** Sentences about what a run excluded or suppressed, so that nobody believes that it was checked. */
export function exclusionNotes({ flags, config, notes, exclude, baseline }: ExclusionSettings): readonly string[] {
  const [files, known] = [exclude.count, baseline?.matchCount ?? 0];
  return [
    ...notes,
    ...(files > 0
      ? [`${countPhrase(files, "file")} excluded by ${settingSource("exclude", "--exclude", flags, config)}`]
      : []),
    ...(known > 0
      ? [`${countPhrase(known, "finding")} suppressed by ${settingSource("baseline", "--baseline", flags, config)}`]
      : []),
    ...laxSettings(flags, config),
  ];
}

/** Sentences about settings of a configuration that reduce the findings. */
function laxSettings(flags: JsonObject, config: Configuration | undefined): readonly string[] {
  const { fieldValidation, serverDryRun } = config?.options ?? {};
  const name = config?.name ?? "";
  const isLax = flags["fieldValidation"] === undefined && /^(?:warn|ignore)$/i.test(String(fieldValidation));
  const found = [
    isLax && `unknown and duplicate fields are not errors: fieldValidation: ${String(fieldValidation)} in ${name}`,
    flags["serverDryRun"] === undefined &&
      serverDryRun === true &&
      `the range of node ports is not checked: serverDryRun in ${name}`,
  ];
  return found.filter((sentence) => sentence !== false);
}

/** The source of a setting: `exclude in .fairlead.yaml`, or the flag, which overrides the configuration. */
export function settingSource(key: string, flag: string, flags: JsonObject, config: Configuration | undefined): string {
  return flags[key] === undefined && config !== undefined ? `${key} in ${config.name}` : flag;
}
