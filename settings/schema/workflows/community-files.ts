import * as z from "zod";
import type { CommunitySettings } from "../../../components/workflows/community/settings.ts";

export const communitySettings = z.strictObject({}) satisfies z.ZodType<CommunitySettings>;
