import { Command } from "commander";
import { explain, explainIndex, nearestTopic } from "./text.ts";

/** `fairlead explain [TOPIC]`: what a field or a rule is for. Exit code 2 for an unknown topic. */
export function command(): Command {
  return new Command("explain")
    .description("say what a field or a rule is for")
    .argument("[topic]", "a field, like spec.externalTrafficPolicy, or a rule, like port-range")
    .addHelpText("after", "\nWithout a topic it prints the index of all fields.")
    .action((topic: string | undefined) => {
      const page = topic === undefined ? explainIndex() : explain(topic);
      if (page !== undefined) {
        console.log(page);
        return;
      }
      const near = nearestTopic(topic ?? "");
      console.error(
        `there is no field or rule ${JSON.stringify(topic)}${near === undefined ? "" : `; did you mean ${near}?`}`,
      );
      process.exitCode = 2;
    });
}
