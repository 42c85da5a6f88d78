<?php
/** Has every process forget what it remembers of pages, as five minutes do. */

require __DIR__ . '/site.php';

Creators_Image_Refresh\Rendering\Cache_Generation::renew();
