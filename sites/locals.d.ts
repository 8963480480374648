/// <reference types="astro/client" />
/// <reference path="../themes/env.d.ts" />

declare namespace App {
  interface Locals {
    /** What the portal's server asks to be rendered, and where it wants to hear what came of it. */
    visit: import('./middleware/visit.ts').Visit
  }
}
