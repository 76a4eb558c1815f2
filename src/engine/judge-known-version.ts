import { nearestKnown } from "../service/versions/index.ts";
import { judge, type Judgement, type JudgeRequest } from "./judge.ts";

/**
 * Judges as {@link judge} does, but by the nearest known version if that of the request is not known: what is asked
 * about a version from before the recorded answers, or of the future, is answered as for the nearest one.
 * @throws {TimeBudgetExceeded} if the checkpoint throws it; any other error is a bug.
 */
export function judgeByKnownVersion(request: JudgeRequest): Judgement {
  return judge({ ...request, version: nearestKnown(request.version) });
}
