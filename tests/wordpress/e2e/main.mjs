/** The whole story in one browser, in order: each file takes the site as the one before has left it. */
import { after } from 'node:test';
import { close } from './browser.mjs';

import './journeys/1-before.mjs';
import './journeys/1-survey.mjs';
import './journeys/1-import.mjs';
import './journeys/2-settings.mjs';
import './journeys/3-refresh.mjs';
import './journeys/4-access.mjs';
import './journeys/5-later.mjs';
import './journeys/6-without-javascript.mjs';
import './journeys/6-accounts.mjs';
import './journeys/6-connections.mjs';
import './journeys/6-save-test.mjs';
import './journeys/6-account-access.mjs';
import './journeys/6-fixed-account.mjs';
import './journeys/6-license.mjs';
import './journeys/7-connectors.mjs';
import './journeys/7-site-health.mjs';
import './journeys/7-languages.mjs';
import './journeys/7-secrets.mjs';
import './journeys/10-everywhere.mjs';
import './journeys/11-other-plugins.mjs';
import './journeys/12-on-time.mjs';
import './journeys/13-images.mjs';
import './journeys/14-without-extension.mjs';
import './journeys/15-switched-off.mjs';

after( close );
