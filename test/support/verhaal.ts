import { beforeAll } from 'vitest'

interface Deel {
  shuffle?: boolean
  tasks?: readonly Deel[]
}

/**
 * Says of a test file that its tests are the steps of one story, told in the order in which they stand: a run puts the tests
 * of every other file in another order. Which files may say so is a list in test/architecture.test.ts that only gets shorter.
 */
export function tellInOrder(): void {
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from this pattern that no fixture is asked.
  beforeAll(({}, verhaal) => keepOrder(verhaal as Deel))
}

function keepOrder(deel: Deel): void {
  deel.shuffle = false
  for (const onder of deel.tasks ?? []) keepOrder(onder)
}
