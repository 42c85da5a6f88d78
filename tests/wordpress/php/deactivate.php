<?php
/** Switches the plugin off, as the Plugins page would. */

require __DIR__ . '/site.php';

deactivate_plugins( 'creators-image-refresh/creators-image-refresh.php' );
