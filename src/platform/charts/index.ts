/** Charts as SVG written on the server; see docs/adr/0005-charts.md. */
export * from './gestapeld.tsx'
export * from './grensdiagram.tsx'
export * from './lijndiagram.tsx'
export * from './pareto.tsx'
export { type Aandeel, type Lorenzpunt, lorenz, partiesFor } from './schaal.ts'
export * from './staafdiagram.tsx'
