'use client'

import { useAuth } from '@payloadcms/ui'
import { type ReactNode, useEffect, useRef } from 'react'

/** Often enough for the shortest time-out that can be chosen. */
const EVERY_MS = 2 * 60_000

/** Whoever types or clicks is at work: the session is prolonged, though the page asks the server for nothing. Left alone, it runs out. */
export function KeepSignedIn({ children }: { children: ReactNode }) {
  const { user, refreshCookieAsync } = useAuth()
  const prolongedAt = useRef(Date.now())
  useEffect(() => {
    if (!user) return
    const prolong = () => {
      if (Date.now() - prolongedAt.current < EVERY_MS) return
      prolongedAt.current = Date.now()
      void refreshCookieAsync()
    }
    const signs = ['keydown', 'pointerdown', 'wheel'] as const
    for (const sign of signs) window.addEventListener(sign, prolong, { passive: true })
    return () => { for (const sign of signs) window.removeEventListener(sign, prolong) }
  }, [user, refreshCookieAsync])
  return children
}
