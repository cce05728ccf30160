import { jest } from '@jest/globals';

// Setting up a PostgreSQL takes seconds on a busy machine. Tests wait for events, so a generous end costs nothing.
jest.setTimeout(60_000);
