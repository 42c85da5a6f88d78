<?php
/** Prints the version of PHP that runs the site. */

echo PHP_VERSION, "\n";
