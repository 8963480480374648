import type { ReactNode } from 'react'

/** The admin brings its own document; nothing is around it. */
export default function Layout({ children }: { children: ReactNode }) {
  return children
}
