import { defineRule, EACH_LABEL, LABELS } from "../kit/index.ts";
import { celOfForbidden, checkForbidden, forbiddenEntries } from "./label-and-annotation-entries.ts";

export const forbiddenLabels = defineRule({
  meta: {
    id: "forbidden-labels",
    title: "Some labels are forbidden",
    fault: "a label is forbidden",
    why: "Some labels belong to the platform: setting them by hand bypasses it.",
    group: "team",
    inStatus: ["labels"],
  },
  parameters: { labels: forbiddenEntries },
  messages: {
    forbidden: { text: "the label {key} must not be set to {found}", fix: "remove metadata.labels[{key}]" },
  },
  check: ({ labels }) => {
    const find = checkForbidden(labels, LABELS);
    return ({ metadata }) => find(metadata.labels);
  },
  cel: ({ labels }) => celOfForbidden(labels, EACH_LABEL, "metadata.labels"),
  examples: {
    good: [
      {
        name: "other labels",
        parameters: { labels: [{ key: "platform.example.com/*" }] },
        metadata: { labels: { team: "shop" } },
      },
      {
        name: "the label with another value",
        parameters: { labels: [{ key: "tier", pattern: "gold|silver" }] },
        metadata: { labels: { tier: "bronze" } },
      },
    ],
    bad: [
      {
        name: "a forbidden label",
        parameters: { labels: [{ key: "platform.example.com/*" }] },
        metadata: { labels: { "platform.example.com/zone": "a" } },
        finds: ["metadata.labels[platform.example.com/zone]"],
      },
      {
        name: "the label with a forbidden value",
        parameters: { labels: [{ key: "tier", pattern: "gold|silver" }] },
        metadata: { labels: { tier: "gold" } },
        finds: ["metadata.labels[tier]"],
      },
    ],
  },
});
