<?php
/* WordPress's own part: what a script takes that loads it, with the plugin switched off, and does nothing. */

declare(strict_types=1);

require __DIR__ . '/timed.php';

memory('WordPress alone');
