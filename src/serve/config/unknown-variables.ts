import { nearestWord } from "../../field/index.ts";
import { variableOf } from "./setting.ts";
import { SETTINGS } from "./settings.ts";

const PREFIX = "FAIRLEAD_";

/** The names that users may write for a setting, also that of its flag, with the variable that is read. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ["CONFIG", `${PREFIX}CONFIG`],
  ...SETTINGS.map((setting) => [setting.flag.toUpperCase().replaceAll("-", "_"), variableOf(setting)] as const),
  ...SETTINGS.map((setting) => [variableOf(setting).slice(PREFIX.length), variableOf(setting)] as const),
]);

/** The variables that Kubernetes sets in Pods for a Service named `fairlead`. */
const SERVICE_LINK = /^FAIRLEAD_(?:SERVICE_|PORT_\d)/;

/** One sentence for each variable that looks like a setting and is not read. */
export function unknownVariables(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const known = new Set(MEANT.values());
  return Object.keys(environment).flatMap((name) => {
    if (!name.startsWith(PREFIX) || known.has(name) || SERVICE_LINK.test(name)) return [];
    const word = nearestWord(name.slice(PREFIX.length), MEANT.keys());
    const meant = word === undefined ? undefined : MEANT.get(word);
    return meant === undefined ? [] : [`${name} is not a setting, and is ignored; did you mean ${meant}?`];
  });
}
