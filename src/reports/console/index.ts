/** Text that is safe and aligned on a terminal and in a log. */
export { type FrameLine, frameLines, frameText } from "./code-frame.ts";
export { wantsColour } from "./colour.ts";
export { type Paint, type Paints, paintsFor } from "./paints.ts";
export { textLayout, withHelpLink } from "./text-layout.ts";
export {
  displayWidth,
  expandTabs,
  logLine,
  logLines,
  visible,
  visibleJson,
  withoutWorkflowCommands,
} from "./visible.ts";
