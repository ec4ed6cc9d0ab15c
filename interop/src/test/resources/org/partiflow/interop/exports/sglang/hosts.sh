# Addresses of the nodes. Set the variables before, or edit them here.
HOST_h0="${HOST_h0:-h0}"
HOST_a0="${HOST_a0:-a0}"
HOST_a1="${HOST_a1:-a1}"
HOST_l0="${HOST_l0:-l0}"
HOST_c0="${HOST_c0:-c0}"
