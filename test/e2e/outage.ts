import { run } from "./process.ts";

/** Stops the API server, and lets it continue. */
export interface Outage {
  pause(): Promise<void>;
  resume(): Promise<void>;
}

const PAUSE = "FAIRLEAD_E2E_PAUSE";
const RESUME = "FAIRLEAD_E2E_RESUME";

/** Why it cannot be stopped. */
export const NO_OUTAGE = `${PAUSE} and ${RESUME} name no commands that stop and continue the API server`;

/** With the commands in the environment; undefined if there are none. */
export function outageByCommand(): Outage | undefined {
  const [pause, resume] = [process.env[PAUSE], process.env[RESUME]];
  if (pause === undefined || resume === undefined) return undefined;
  return { pause: () => shell(pause), resume: () => shell(resume) };
}

async function shell(command: string): Promise<void> {
  const { code, stderr } = await run("sh", ["-c", command]);
  if (code !== 0) throw new Error(`${command}: ${stderr}`);
}
