<?php
/** Switches the plugin on, as the Plugins page would. */

require __DIR__ . '/site.php';

must( activate_plugin( 'creators-image-refresh/creators-image-refresh.php' ), 'activating the plugin' );
