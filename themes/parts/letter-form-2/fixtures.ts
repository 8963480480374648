export { fixtures } from '../letter-form/fixtures.ts'
