<?php

use Creators_Image_Refresh\Discovery\Discovered_Images;

same( true, Discovered_Images::KEPT > Discovered_Images::NOTED, 'a use is noted again before it is dropped' );
