/** Loaded before a program that is measured (`--import`): at its end it says on descriptor 3 what it has used. */
import { writeSync } from "node:fs";

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, mebibytes: maxRSS / 1024 }));
});
