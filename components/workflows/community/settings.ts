/** `repositories.<name>.community`: files that GitHub itself reads, beside the workflows. */
export interface CommunitySettings {}
