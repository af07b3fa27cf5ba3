/** The face of kaders to other domains. */
export {}
