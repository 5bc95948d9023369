"""Run in a zygote that lacks the descriptors' layer, before it starts: what then stands for it."""

import os


def open_descriptors(layer):
    """``arrange`` that puts the channel and the output where they belong, and closes nothing."""

    def arrange(channel, output, ruleset):
        high_channel, high_output = layer.raised(channel), layer.raised(output)
        kept = None if ruleset is None else layer.raised(ruleset)
        for high, low in ((high_output, 1), (high_output, 2), (high_channel, layer.CHANNEL)):
            os.dup2(high, low)
        return kept

    return arrange
