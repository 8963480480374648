import { redirect } from 'next/navigation'

/** Whoever opens the bare address wants the admin. */
export default function Root(): never {
  redirect('/admin')
}
