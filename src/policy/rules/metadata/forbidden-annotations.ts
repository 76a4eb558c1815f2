import { ANNOTATIONS, defineRule, EACH_ANNOTATION } from "../kit/index.ts";
import { celOfForbidden, checkForbidden, forbiddenEntries } from "./label-and-annotation-entries.ts";

export const forbiddenAnnotations = defineRule({
  meta: {
    id: "forbidden-annotations",
    title: "Some annotations are forbidden",
    fault: "an annotation is forbidden",
    why: "Some annotations make controllers bypass what a policy requires.",
    group: "team",
    inStatus: ["annotations"],
  },
  parameters: { annotations: forbiddenEntries },
  messages: {
    forbidden: { text: "the annotation {key} must not be set to {found}", fix: "remove metadata.annotations[{key}]" },
  },
  check: ({ annotations }) => {
    const find = checkForbidden(annotations, ANNOTATIONS);
    return ({ metadata }) => find(metadata.annotations);
  },
  cel: ({ annotations }) => celOfForbidden(annotations, EACH_ANNOTATION, "metadata.annotations"),
  examples: {
    good: [
      {
        name: "other annotations",
        parameters: { annotations: [{ key: "platform.example.com/*" }] },
        metadata: { annotations: { team: "shop" } },
      },
      {
        name: "the annotation with another value",
        parameters: { annotations: [{ key: "tier", pattern: "gold|silver" }] },
        metadata: { annotations: { tier: "bronze" } },
      },
    ],
    bad: [
      {
        name: "a forbidden annotation",
        parameters: { annotations: [{ key: "platform.example.com/*" }] },
        metadata: { annotations: { "platform.example.com/zone": "a" } },
        finds: ["metadata.annotations[platform.example.com/zone]"],
      },
      {
        name: "the annotation with a forbidden value",
        parameters: { annotations: [{ key: "tier", pattern: "gold|silver" }] },
        metadata: { annotations: { tier: "gold" } },
        finds: ["metadata.annotations[tier]"],
      },
    ],
  },
});
