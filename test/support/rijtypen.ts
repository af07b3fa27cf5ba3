import { join, relative } from 'node:path'
import {
  type ArrowFunction,
  type Block,
  type CallExpression,
  type Expression,
  type Node,
  SyntaxKind,
  type TaggedTemplateExpression,
  type TypeNode,
  type VariableDeclaration,
} from 'typescript/unstable/ast'
import { API, type Checker, type Project, SymbolFlags, type Type, TypeFlags } from 'typescript/unstable/sync'
import { projectRoot } from '../../src/platform/config.ts'
import { snake } from '../../src/platform/db/rij.ts'

/** What a member of a row type may hold, as far as a column can say so. */
export interface Lid {
  naam: string
  /** 'string', 'number', 'boolean', 'Date', 'array', 'object', or 'any' for what says nothing. */
  soort: string
  leeg: boolean
  /** It may be missing altogether. */
  optioneel: boolean
}

export interface Vraag {
  /** File and line where it is asked. */
  plek: string
  /** The statement with `$1` for each value, or undefined where a part is only made while it runs. */
  sql: string | undefined
  /** The part that is only made while it runs. */
  open?: string
  /** The name or text of the row type, and its members; undefined when it is no record. */
  type: string
  leden: readonly Lid[] | undefined
}

/** Values counted so far; `klaar`: a text that has its own `$1`, in which a hole is always a part of the statement. */
interface Plaats {
  aantal: number
  klaar: boolean
}

/** Where a caller brings a part: a column or a condition, which changes no column of the answer. */
export const GEBRACHT = '\u0001'

/** A part of a statement that only running it would tell. */
class Open extends Error {}

/** Every query in the sources whose rows are said to be of a type: `sql<Type>` and `pool.query<Type>`. */
export function listVragen(): Vraag[] {
  const root = projectRoot()
  const api = new API({ cwd: root })
  try {
    const project = api.updateSnapshot({ openProject: join(root, 'tsconfig.json') }).getProjects()[0]
    if (project === undefined) throw new Error('no project was opened')
    const bronnen = project.program
      .getSourceFileNames()
      .filter(naam => naam.startsWith(join(root, 'src')) && !naam.includes('.test.'))
      .sort()
    return bronnen.flatMap(naam => vragenVan(project, naam, relative(root, naam)))
  } finally {
    api.close()
  }
}

function vragenVan(project: Project, bestand: string, naam: string): Vraag[] {
  const bron = project.program.getSourceFile(bestand)
  if (bron === undefined || !/\bsql<|\.query</.test(bron.text)) return []
  const uit: Vraag[] = []
  const bezoek = (node: Node): void => {
    const vraag = asTemplate(node) ?? asQuery(node)
    if (vraag !== undefined) {
      const regel = bron.text.slice(0, node.getStart()).split('\n').length
      uit.push({ plek: `${naam}:${regel}`, ...read(project.checker, vraag) })
    }
    node.forEachChild(kind => bezoek(kind))
  }
  bezoek(bron)
  return uit
}

interface Gevonden {
  type: TypeNode
  tekst: Expression
  klaar: boolean
}

function asTemplate(node: Node): Gevonden | undefined {
  if (node.kind !== SyntaxKind.TaggedTemplateExpression) return undefined
  const { tag, typeArguments } = node as TaggedTemplateExpression
  const type = typeArguments?.[0]
  return tag.getText() === 'sql' && type !== undefined
    ? { type, tekst: node as Expression, klaar: false }
    : undefined
}

function asQuery(node: Node): Gevonden | undefined {
  if (node.kind !== SyntaxKind.CallExpression) return undefined
  const { expression, typeArguments, arguments: waarden } = node as CallExpression
  const [type, tekst] = [typeArguments?.[0], waarden[0]]
  return /\.query$/.test(expression.getText()) && type !== undefined && tekst !== undefined
    ? { type, tekst, klaar: true }
    : undefined
}

function read(checker: Checker, { type: node, tekst, klaar }: Gevonden): Omit<Vraag, 'plek'> {
  const type = checker.getTypeFromTypeNode(node)
  const over = { type: node.getText().replaceAll(/\s+/g, ' '), leden: type && ledenVan(checker, type) }
  try {
    return { sql: textOf(checker, tekst, { aantal: 0, klaar }), ...over }
  } catch (fout) {
    if (!(fout instanceof Open)) throw fout
    return { sql: undefined, open: fout.message, ...over }
  }
}

function ledenVan(checker: Checker, type: Type): Lid[] | undefined {
  if (!type.isObjectType() && !type.isIntersectionType()) return undefined
  return checker.getPropertiesOfType(type).map(symbool => {
    const delen = partsOf(checker.getTypeOfSymbol(symbool))
    const leeg = delen.some(deel => (deel.flags & (TypeFlags.Nullable | TypeFlags.AnyOrUnknown)) !== 0)
    const soorten = new Set(
      delen.filter(deel => (deel.flags & TypeFlags.Nullable) === 0).map(deel => soortVan(checker, deel)),
    )
    return {
      naam: symbool.name,
      soort: soorten.size === 1 ? ([...soorten][0] ?? 'any') : 'any',
      leeg,
      optioneel: (symbool.flags & SymbolFlags.Optional) !== 0,
    }
  })
}

const partsOf = (type: Type | undefined): readonly Type[] =>
  type === undefined ? [] : type.isUnionType() ? (type.getTypes() ?? []) : [type]

function soortVan(checker: Checker, type: Type): string {
  if ((type.flags & TypeFlags.StringLike) !== 0) return 'string'
  if ((type.flags & TypeFlags.NumberLike) !== 0) return 'number'
  if ((type.flags & TypeFlags.BooleanLike) !== 0) return 'boolean'
  if (checker.isArrayLikeType(type)) return 'array'
  const naam = type.getSymbol()?.name
  if (naam === 'Date' || naam === 'Buffer') return naam
  if ((type.flags & TypeFlags.Object) !== 0) return 'object'
  // A branded string: string & { … }.
  if (type.isIntersectionType())
    return partsOf(undefined).length === 0 &&
      (type.getTypes() ?? []).some(deel => deel.flags & TypeFlags.StringLike)
      ? 'string'
      : 'object'
  return 'any'
}

/** The text of a statement, or of a part of one, with `$n` where a value goes. Throws `Open`. */
function textOf(checker: Checker, uit: Expression, waarden: Plaats): string {
  const node = bare(uit)
  switch (node.kind) {
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
    case SyntaxKind.NumericLiteral:
      return (node as unknown as { text: string }).text
    case SyntaxKind.TaggedTemplateExpression:
      return templateText(checker, (node as TaggedTemplateExpression).template, waarden)
    case SyntaxKind.TemplateExpression:
      return templateText(checker, node, waarden)
    case SyntaxKind.ConditionalExpression:
      return textOf(checker, (node as unknown as { whenTrue: Expression }).whenTrue, waarden)
    case SyntaxKind.BinaryExpression: {
      const { right, operatorToken } = node as unknown as { right: Expression; operatorToken: Node }
      if (operatorToken.kind === SyntaxKind.QuestionQuestionToken) return textOf(checker, right, waarden)
      throw new Open(node.getText())
    }
    // Which of a list a caller asks: the order of an answer, as a rule. In its columns it would show as a name that is missing.
    case SyntaxKind.ElementAccessExpression:
      return GEBRACHT
    case SyntaxKind.Identifier:
      return declared(checker, node, waarden)
    case SyntaxKind.PropertyAccessExpression:
      return memberText(checker, node, waarden)
    case SyntaxKind.CallExpression:
      return called(checker, node as CallExpression, waarden)
    default:
      throw new Open(node.getText())
  }
}

/** Without what only says of what type it is. */
function bare(uit: Expression): Expression {
  let node: Expression = uit
  while (
    node.kind === SyntaxKind.ParenthesizedExpression ||
    node.kind === SyntaxKind.AsExpression ||
    node.kind === SyntaxKind.SatisfiesExpression
  )
    node = (node as unknown as { expression: Expression }).expression
  return node
}

function templateText(checker: Checker, template: Node, waarden: Plaats): string {
  if (template.kind === SyntaxKind.NoSubstitutionTemplateLiteral)
    return (template as unknown as { text: string }).text
  const { head, templateSpans } = template as unknown as {
    head: { text: string }
    templateSpans: readonly { expression: Expression; literal: { text: string } }[]
  }
  return templateSpans.reduce(
    (tekst, { expression, literal }) => tekst + hole(checker, expression, waarden) + literal.text,
    head.text,
  )
}

/** What stands in a hole: a part of the statement, or a value. */
function hole(checker: Checker, uit: Expression, waarden: Plaats): string {
  const type = checker.getTypeAtLocation(uit)
  const bouwer = partsOf(type).some(deel => /^(Raw|AliasedRaw)Builder$/.test(deel.getSymbol()?.name ?? ''))
  if (bouwer || waarden.klaar) return textOf(checker, uit, waarden)
  waarden.aantal += 1
  return `$${waarden.aantal}`
}

function declared(checker: Checker, node: Expression, waarden: Plaats): string {
  const waarde = declarationOf(checker, node)
  if (waarde?.kind === SyntaxKind.Parameter && node.kind === SyntaxKind.Identifier) return GEBRACHT
  const begin = (waarde as VariableDeclaration | undefined)?.initializer
  if (begin === undefined) throw new Open(node.getText())
  return textOf(checker, begin, waarden)
}

/** A member of what stands written out, also within the call that makes it a list or a record: `WEGINGEN.kolommen`. */
function memberText(checker: Checker, node: Expression, waarden: Plaats): string {
  const { expression, name } = node as unknown as { expression: Expression; name: Node }
  const van = declarationOf(checker, expression) as VariableDeclaration | undefined
  const begin = van?.initializer === undefined ? undefined : bare(van.initializer)
  const delen = begin?.kind === SyntaxKind.CallExpression ? (begin as CallExpression).arguments : [begin]
  for (const deel of delen) {
    if (deel?.kind !== SyntaxKind.ObjectLiteralExpression) continue
    const { properties } = deel as unknown as {
      properties: readonly { name?: Node; initializer?: Expression }[]
    }
    const lid = properties.find(p => p.name?.getText() === name.getText())
    if (lid?.initializer !== undefined) return textOf(checker, lid.initializer, waarden)
    if (lid?.name !== undefined) {
      const symbool = checker.getShorthandAssignmentValueSymbol(lid as unknown as Node)
      const bron = symbool?.valueDeclaration?.resolve() as VariableDeclaration | undefined
      if (bron?.initializer !== undefined) return textOf(checker, bron.initializer, waarden)
    }
  }
  return declared(checker, node, waarden)
}

/** What `columns` of platform/db/rij makes of the fields of a record. */
function columnsText(checker: Checker, [alias, velden]: readonly Expression[], waarden: Plaats): string {
  const type = velden && checker.getTypeAtLocation(velden)
  if (alias === undefined || type === undefined) throw new Open('columns')
  const voor = textOf(checker, alias, waarden)
  return checker
    .getPropertiesOfType(type)
    .map(({ name }) => `${voor}.${snake(name)} as "${name}"`)
    .join(', ')
}

function declarationOf(checker: Checker, node: Expression): Node | undefined {
  const lokaal = checker.getSymbolAtLocation(node)
  const symbool =
    lokaal !== undefined && (lokaal.flags & SymbolFlags.Alias) !== 0
      ? checker.getAliasedSymbol(lokaal)
      : lokaal
  return symbool?.valueDeclaration?.resolve()
}

/** `sql.join` of conditions is a condition; a function of our own is what it returns. */
function called(checker: Checker, node: CallExpression, waarden: Plaats): string {
  const naam = node.expression.getText()
  const [eerste, tweede] = node.arguments
  if (naam === 'sql.join' && tweede !== undefined && /\b(and|or)\b/.test(tweede.getText())) return 'true'
  if ((naam === 'sql.ref' || naam === 'sql.table' || naam === 'sql.id') && eerste !== undefined)
    return textOf(checker, eerste, waarden)
  if (naam === 'columns') return columnsText(checker, node.arguments, waarden)
  const gemaakt = declarationOf(checker, node.expression)
  const functie = (
    gemaakt?.kind === SyntaxKind.VariableDeclaration ? (gemaakt as VariableDeclaration).initializer : gemaakt
  ) as ArrowFunction | undefined
  if (functie?.body === undefined) throw new Open(node.getText())
  if (functie.body.kind !== SyntaxKind.Block) return textOf(checker, functie.body as Expression, waarden)
  const { statements } = functie.body as Block
  const terug = statements.at(-1) as unknown as { kind: SyntaxKind; expression?: Expression } | undefined
  if (terug?.kind !== SyntaxKind.ReturnStatement || terug.expression === undefined)
    throw new Open(node.getText())
  return textOf(checker, terug.expression, waarden)
}
