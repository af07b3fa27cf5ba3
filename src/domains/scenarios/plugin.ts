export { toonScenarios } from './scenario/bij-dossier.tsx'
export { registerScenarios } from './scenario/pages.tsx'
