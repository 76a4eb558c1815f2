/** `judge()`: the whole answer for one Service, step by step. Pure. */
export { judge, judgeWhole, type Judgement, type JudgeRequest } from "./judge.ts";
export { judgeByKnownVersion } from "./judge-known-version.ts";
