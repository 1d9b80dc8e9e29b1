package storagelab.testkit.hybrid;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import storagelab.hybrid.Knob;

/** A knob that sets nothing: it remembers what it was set to, and refuses some settings. */
public final class CostKnob implements Knob {
    private final String name;
    private final int settingCount;
    private final List<Integer> set = new ArrayList<>();
    private final Set<Integer> refused = new HashSet<>();
    private boolean changesBeforeItRefuses;
    private int setting;

    /** A knob with this setting. */
    public CostKnob(String name, int settingCount, int setting) {
        this.name = name;
        this.settingCount = settingCount;
        this.setting = setting;
    }

    /** From now on, {@link #set} throws for this setting and leaves the setting as it is. */
    public CostKnob refuse(int refusedSetting) {
        refused.add(refusedSetting);
        return this;
    }

    /** From now on, {@link #set} changes the setting also where it throws. */
    public CostKnob changeBeforeRefusing() {
        changesBeforeItRefuses = true;
        return this;
    }

    /** What the knob was set to, in order, refused settings included. */
    public List<Integer> settings() {
        return List.copyOf(set);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int settingCount() {
        return settingCount;
    }

    @Override
    public int setting() {
        return setting;
    }

    @Override
    public void set(int newSetting) {
        if (newSetting < 0 || newSetting >= settingCount) {
            throw new AssertionError(name + " has no setting " + newSetting + " of " + settingCount);
        }
        set.add(newSetting);
        boolean isRefused = refused.contains(newSetting);
        if (!isRefused || changesBeforeItRefuses) {
            setting = newSetting;
        }
        if (isRefused) {
            throw new IllegalStateException(name + " refuses " + newSetting);
        }
    }

    @Override
    public String describe(int described) {
        return "#" + described;
    }
}
