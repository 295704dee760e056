// Small signs drawn for the desk. They repeat what words beside them say and are hidden from screen readers.
import type { ReactNode } from 'react';

function Sign({ children }: { children: ReactNode }) {
  return (
    <svg className="sign" viewBox="0 0 20 20" width="1em" height="1em" fill="none" stroke="currentColor"
      strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const CitizenSign = () => (
  <Sign><circle cx="10" cy="6.5" r="3.2" /><path d="M3.5 17c.6-3.4 3.2-5 6.5-5s5.9 1.6 6.5 5" /></Sign>
);
export const RobotSign = () => (
  <Sign>
    <rect x="3.5" y="6.5" width="13" height="9.5" rx="2" /><path d="M10 6.5V3.5M7.2 12.8h5.6" />
    <circle cx="7.3" cy="10" r=".6" fill="currentColor" /><circle cx="12.7" cy="10" r=".6" fill="currentColor" />
  </Sign>
);
export const AgentSign = () => (
  <Sign>
    <path d="M4 11V9.5a6 6 0 0 1 12 0V11" /><rect x="2.8" y="10.5" width="3" height="4.5" rx="1.2" />
    <rect x="14.2" y="10.5" width="3" height="4.5" rx="1.2" /><path d="M15.7 15c0 1.8-1.7 2.5-4.2 2.5" />
  </Sign>
);
export const SystemSign = () => (
  <Sign><circle cx="10" cy="10" r="7" /><path d="M10 9.3v4.2M10 6.5v.1" /></Sign>
);
export const DangerSign = () => (
  <Sign><path d="M10 3 2.5 16.5h15zM10 8.2v4M10 14.3v.1" /></Sign>
);
export const BackSign = () => <Sign><path d="M12.5 4.5 7 10l5.5 5.5" /></Sign>;
export const CloseSign = () => <Sign><path d="m5 5 10 10M15 5 5 15" /></Sign>;
export const DownSign = () => <Sign><path d="M10 4v12M5 11l5 5 5-5" /></Sign>;
export const SendSign = () => <Sign><path d="M3.5 10 17 3.5 12.5 16.5l-2.8-5.2zM9.7 11.3 17 3.5" /></Sign>;
export const SettingsSign = () => (
  <Sign><path d="M3 6h8M15 6h2M3 14h2M9 14h8" /><circle cx="13" cy="6" r="2" /><circle cx="7" cy="14" r="2" /></Sign>
);
export const TakeSign = () => <Sign><path d="M10 3v9M6 8.5l4 4 4-4M4 16.5h12" /></Sign>;
export const PhoneSign = () => (
  <Sign>
    <path d={'M6.2 3.2 8 7 6.3 8.6c.9 2 2.6 3.8 4.9 5l1.7-1.7 3.9 1.9c-.2 2-1.5 3.2-3.2 3'
      + 'C8 16 3.9 11.8 3.2 6.4c-.2-1.7 1-3 3-3.2z'} />
  </Sign>
);
