import type { RunFacts } from "../../reports/model/index.ts";
import { checkedOutCommit } from "../inputs/index.ts";

/**
 * The facts about this run. `SOURCE_DATE_EPOCH` (seconds, see reproducible-builds.org) sets the date, so that a report can
 * be reproduced.
 * @param args the arguments of the command line
 */
export function runFacts({ SOURCE_DATE_EPOCH: epoch }: NodeJS.ProcessEnv, args: readonly string[]): RunFacts {
  const date = epoch !== undefined && /^\d{1,11}$/.test(epoch) ? new Date(Number(epoch) * 1000) : new Date();
  return {
    date: `${date.toISOString().slice(0, "YYYY-MM-DDTHH:MM:SS".length)}Z`,
    command: ["fairlead", ...args].map(shellWord).join(" "),
    commit: checkedOutCommit(process.cwd()),
  };
}

/** The argument as a shell would need it. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
