import { nearestWord } from "../../field/index.ts";
import { variableOf } from "./setting.ts";
import { SETTINGS } from "./settings.ts";

const PREFIX = "FAIRLEAD_";

/** What people may write for a setting, its flag's name too, and the variable that it is read from. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ["CONFIG", `${PREFIX}CONFIG`],
  ...SETTINGS.map((setting) => [setting.flag.toUpperCase().replaceAll("-", "_"), variableOf(setting)] as const),
  ...SETTINGS.map((setting) => [variableOf(setting).slice(PREFIX.length), variableOf(setting)] as const),
]);

/** What a Service named `fairlead` gives the Pods beside it. */
const SERVICE_LINK = /^FAIRLEAD_(?:SERVICE_|PORT_\d)/;

/** Variables that nobody reads and that look like a setting, in a sentence each. */
export function unknownVariables(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const known = new Set(MEANT.values());
  return Object.keys(environment).flatMap((name) => {
    if (!name.startsWith(PREFIX) || known.has(name) || SERVICE_LINK.test(name)) return [];
    const word = nearestWord(name.slice(PREFIX.length), MEANT.keys());
    const meant = word === undefined ? undefined : MEANT.get(word);
    return meant === undefined ? [] : [`${name} is no setting and left out; did you mean ${meant}?`];
  });
}
