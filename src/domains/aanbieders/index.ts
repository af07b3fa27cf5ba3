/** The face of aanbieders to other domains. */
export { mapAanbiedersByAgb } from './register/store.ts'
