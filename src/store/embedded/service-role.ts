import { SUPERUSER, type Superuser } from './superuser.js';

/** Name of the service's database. */
export const DATABASE = 'tramontane';

const ROLE = 'tramontane_service';

const ENSURE_ROLE = `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${ROLE}') THEN CREATE ROLE ${ROLE}; END IF;
  END $$`;

/** REASSIGN OWNED refuses the role of initdb, whose objects belong to the system too. What follows a table moves with it. */
const HAND_OVER = `
  DO $$ DECLARE command text; BEGIN
    FOR command IN
      SELECT format('ALTER TABLE %s OWNER TO ${ROLE}', c.oid::regclass)
      FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
        AND c.relowner = '${SUPERUSER}'::regrole
        AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')
            AND d.refclassid = 'pg_class'::regclass AND c.relkind = 'S')
      UNION ALL
      SELECT format('ALTER ROUTINE %s OWNER TO ${ROLE}', p.oid::regprocedure)
      FROM pg_proc p
      WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = '${SUPERUSER}'::regrole
    LOOP EXECUTE command; END LOOP;
  END $$`;

/**
 * Makes the service's database, and a role without rights on anything else, which owns it with all that is in it. What a
 * release made that worked as the superuser is handed over.
 * @param password  of the role; hexadecimal digits
 * @returns the url with which the service connects
 */
export async function ensureServiceRole(superuser: Superuser, password: string): Promise<string> {
  const found = await superuser.query(`SELECT FROM pg_database WHERE datname = '${DATABASE}'`);
  if (found.rowCount === 0) await superuser.query(`CREATE DATABASE ${DATABASE}`);
  const rights = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS';
  const steps = [
    ENSURE_ROLE,
    `ALTER ROLE ${ROLE} ${rights} PASSWORD '${password}'`,
    `ALTER DATABASE ${DATABASE} OWNER TO ${ROLE}`,
    HAND_OVER,
  ];
  await superuser.query(steps.join(';'), DATABASE);
  return `postgres://${ROLE}:${password}@127.0.0.1:${String(superuser.port)}/${DATABASE}`;
}
