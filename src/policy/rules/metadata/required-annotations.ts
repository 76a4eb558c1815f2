import { ANNOTATIONS, defineRule, EACH_ANNOTATION } from "../kit/index.ts";
import { celOfRequired, checkRequired, requiredEntries } from "./label-and-annotation-entries.ts";

export const requiredAnnotations = defineRule({
  meta: {
    id: "required-annotations",
    title: "Some annotations are required",
    fault: "a required annotation is missing or not valid",
    why: "Annotations hold what people and programs need to know about a Service besides its labels: an owner's address, a ticket, a cloud's setting.",
    group: "team",
    inStatus: ["annotations"],
  },
  parameters: { annotations: requiredEntries },
  messages: {
    missing: { text: "the annotation {key} is missing or empty", fix: "set metadata.annotations[{key}]" },
    value: {
      text: "the annotation {key} must match {pattern}, not be {found}",
      fix: "use a value that matches {pattern}",
    },
  },
  check: ({ annotations }) => {
    const find = checkRequired(annotations, ANNOTATIONS);
    return ({ metadata }) => find(metadata.annotations);
  },
  cel: ({ annotations }) => celOfRequired(annotations, EACH_ANNOTATION, "metadata.annotations"),
  examples: {
    good: [
      {
        name: "the annotation is set",
        parameters: { annotations: [{ key: "team" }] },
        metadata: { annotations: { team: "shop" } },
      },
      {
        name: "its value matches the pattern",
        parameters: { annotations: [{ key: "example.com/cost-centre", pattern: "[0-9]{4}" }] },
        metadata: { annotations: { "example.com/cost-centre": "4711" } },
      },
    ],
    bad: [
      {
        name: "the annotation is missing",
        parameters: { annotations: [{ key: "team" }] },
        finds: ["metadata.annotations[team]"],
      },
      {
        name: "its value is empty",
        parameters: { annotations: [{ key: "team" }] },
        metadata: { annotations: { team: " " } },
        finds: ["metadata.annotations[team]"],
      },
      {
        name: "its value does not match the pattern",
        parameters: { annotations: [{ key: "example.com/cost-centre", pattern: "[0-9]{4}" }] },
        metadata: { annotations: { "example.com/cost-centre": "none" } },
        finds: ["metadata.annotations[example.com/cost-centre]"],
      },
    ],
  },
});
