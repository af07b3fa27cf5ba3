/** The face of beleid to other domains. */
export {}
