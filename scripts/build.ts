/** `npm run build`: bundles the command and the library into `dist`. */
import { bundle } from "./bundle.ts";

await bundle("dist");
