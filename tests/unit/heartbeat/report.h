/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A report with something of everything, for the tests of what is made of it. */
#ifndef TEST_REPORT_H
#define TEST_REPORT_H

static const char report[] =
    "{\"version\": \"4.0.0\", \"node\": \"web1\", \"now_ms\": 5000, \"uptime_s\": 192, "
    "\"state\": \"active\", \"generation\": 123, \"auto_failback\": \"on\", "
    "\"settled\": true, \"holds\": \"local\", \"transition\": false, "
    "\"keepalive_ms\": 1000, \"warntime_ms\": 10000, \"deadtime_ms\": 30000, "
    "\"initdead_ms\": 120000, \"nodes\": [{\"name\": \"web1\", \"type\": \"normal\", "
    "\"self\": true, \"status\": \"active\", \"reason\": \"\", \"since_s\": 190.5, "
    "\"links\": [{\"name\": \"eth0\", \"status\": \"up\"}], \"lost\": 0, \"late\": 0}, "
    "{\"name\": \"web2\", \"type\": \"normal\", \"self\": false, \"status\": \"dead\", "
    "\"reason\": \"silent 30.0s\", \"since_s\": 3.2, \"links\": [{\"name\": \"eth0\", "
    "\"status\": \"dead\"}, {\"name\": \"eth1\", \"status\": \"dead\"}], \"lost\": 2, "
    "\"late\": 1}, {\"name\": \"10.0.0.254\", \"type\": \"ping\", \"self\": false, "
    "\"status\": \"ping\", \"reason\": \"\", \"since_s\": 190, \"links\": [{\"name\": "
    "\"10.0.0.254\", \"status\": \"up\"}], \"lost\": 0, \"late\": 0}], \"groups\": "
    "[{\"key\": \"IPaddr::10.0.0.1\", \"line\": \"IPaddr::10.0.0.1 httpd\", "
    "\"preferred\": \"web2\", \"state\": \"running\", \"holder\": \"web1\", "
    "\"holder_state\": \"running\", \"holders\": "
    "[\"web1\"], \"since_s\": 3, \"because\": \"web2 is dead\", \"resources\": "
    "[{\"text\": \"IPaddr::10.0.0.1\", \"state\": \"running\"}, {\"text\": \"httpd\", "
    "\"state\": \"starting\"}], \"failures\": 0}, {\"key\": \"stranded\", \"line\": "
    "\"stranded\", \"preferred\": \"web1\", \"state\": \"failed\", \"holder\": null, "
    "\"holders\": [], \"since_s\": 90061, \"because\": \"\", \"resources\": [{\"text\":"
    " \"stranded\", \"state\": \"failed\"}], \"failures\": 3}, {\"key\": \"twice\", "
    "\"line\": \"twice\", \"preferred\": \"web1\", \"state\": \"running\", \"holder\": "
    "\"web1\", \"holders\": [\"web1\", \"web2\"], \"since_s\": 1, \"because\": \"\", "
    "\"resources\": [], \"failures\": 0}], \"media\": [{\"kind\": \"ucast\", \"name\": "
    "\"eth0\", \"to\": \"10.0.0.2\", \"up\": true, \"sent\": 12, \"received\": 14}, {\"kind\": \"serial\", "
    "\"name\": \"/dev/ttyS0\", \"up\": false, \"sent\": 0, \"received\": 0}], "
    "\"clients\": [{\"name\": \"ipfail\", \"node\": \"web1\"}], \"counters\": {\"forged\": 2, \"bad-frame\": 0, \"no-key\": 1}, \"warnings\": "
    "[\"haresources differs on web2\"], \"parameters\": {\"deadtime\": \"30\", "
    "\"keepalive\": \"1\"}}";

#endif
