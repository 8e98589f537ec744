Scripts in this directory are told what happens in the cluster. A script must have the name of a
message's type, in lower case, and be executable; it is called with that name, as root, with the
fields of the message in its environment, HA_NAME each. heartbeat(8), "HOOKS", tells more.

    status     a node, or a ping node, changed: HA_src, HA_st (up, active, dead, ping), HA_OSTATUS
    ifstat     a link did: HA_node, HA_ifname, HA_st (up, dead)
    stonith    a peer reports of fencing: HA_node, HA_result
    any other  sent by ha_clustermsg (see /usr/share/heartbeat/shellfuncs) on any node

The stock scripts of 3.0.6 (ask_resources, hb_takeover, ip-request, ip-request-resp, status)
are not needed any more: the daemon does what they did. They may stay; only status is called.
