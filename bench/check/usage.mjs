/** Loaded into a measured program (`--import`): writes its resource usage to file descriptor 3 when it exits. */
import { writeSync } from "node:fs";

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, mebibytes: maxRSS / 1024 }));
});
