import { run } from "./process.ts";

/** How to have the API server stand still, and go on. */
export interface Outage {
  pause(): Promise<void>;
  resume(): Promise<void>;
}

const PAUSE = "FAIRLEAD_E2E_PAUSE";
const RESUME = "FAIRLEAD_E2E_RESUME";

/** Why there is none, in words. */
export const NO_OUTAGE = `${PAUSE} and ${RESUME} name no commands that stop and continue the API server`;

/** By the commands that the environment names; undefined where it names none. */
export function outageByCommand(): Outage | undefined {
  const [pause, resume] = [process.env[PAUSE], process.env[RESUME]];
  if (pause === undefined || resume === undefined) return undefined;
  return { pause: () => shell(pause), resume: () => shell(resume) };
}

async function shell(command: string): Promise<void> {
  const { code, stderr } = await run("sh", ["-c", command]);
  if (code !== 0) throw new Error(`${command}: ${stderr}`);
}
