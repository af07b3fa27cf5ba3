/** SQL, of `pg_namespace n`: every schema that a migration of ours or the queue made. */
export const GEMAAKT = String.raw`n.nspname not like 'pg\_%' and n.nspname not in ('information_schema', 'public')`

/** SQL, of `pg_namespace n`: the schemas with rows of ours. The tables of the queue are those of a package. */
export const VAN_ONS = `${GEMAAKT} and n.nspname <> 'graphile_worker'`
